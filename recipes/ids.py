"""Ids, one type each, so that a type checker refuses to mix them.

Ours are a prefix and a ULID: sortable by the time they were made. Slack's keep Slack's own text.
"""

from typing import NewType

TeamId = NewType("TeamId", str)
ChannelId = NewType("ChannelId", str)
UserId = NewType("UserId", str)
MessageTs = NewType("MessageTs", str)
SlackFileId = NewType("SlackFileId", str)

RecipeSlug = NewType("RecipeSlug", str)
BasketId = NewType("BasketId", str)  # bsk_
BlockId = NewType("BlockId", str)  # blk_
AssetId = NewType("AssetId", str)  # ast_
DraftId = NewType("DraftId", str)  # dra_
RequestId = NewType("RequestId", str)  # req_
BundleId = NewType("BundleId", str)  # bun_
TicketId = NewType("TicketId", str)  # tkt_
TurnId = NewType("TurnId", str)  # trn_
OutputId = NewType("OutputId", str)  # out_
QuestionId = NewType("QuestionId", str)  # qst_
CallId = NewType("CallId", str)  # cal_
CapRaiseId = NewType("CapRaiseId", str)  # rse_
InboxId = NewType("InboxId", str)  # inb_

SourceId = NewType("SourceId", str)  # S12, inside one bundle
# What a source stays known by when all is read again: a message's ts, the id of a file, a block or a whole channel
SourceKey = NewType("SourceKey", str)
PassageId = NewType("PassageId", str)  # S12.4, inside one bundle
Digest = NewType("Digest", str)  # SHA-256 as 64 lower-case hexadecimal characters
