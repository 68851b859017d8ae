"""Threads as people write them: each with findings that must be kept and chatter that must not."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.orchestration.models.bundles import EXAMPLE


@dataclass(frozen=True)
class Transcript:
    topic: str
    messages: Sequence[tuple[str, str]]
    figures: Sequence[str]
    """Headline figures: a deck of nine slides without one of them has failed."""
    chatter: Sequence[str]
    """Words that occur in chatter only."""
    files: dict[str, bytes] = field(default_factory=dict)


INCIDENT = Transcript(
    topic="The checkout outage of 16 November: what happened, what it cost, what we change",
    messages=[
        ("Maya Lindqvist", "Morning all :wave: hope everyone slept better than I did"),
        (
            "Maya Lindqvist",
            (
                "Checkout was down for 47 minutes on 16 November. 1,204 orders failed and about $86,000 in "
                "revenue was delayed or lost."
            ),
        ),
        ("Jonas Weber", "haha what a night"),
        (
            "Jonas Weber",
            (
                "14:05 UTC error rate on payments rose from 0.2% to 38%. 14:11 UTC the pager woke me up. 14:32 "
                "UTC we rolled back release 4.18.2. 14:52 UTC all checks were green again."
            ),
        ),
        (
            "Priya Nair",
            (
                "Root cause: the new connection pool was limited to 10 connections per pod, because the default "
                "changed in the driver upgrade."
            ),
        ),
        ("Priya Nair", "The staging environment did not catch it since load tests run with 5% of production traffic."),
        ("Jonas Weber", "brb, coffee"),
        ("Maya Lindqvist", "Support got 312 tickets, first response time was 26 minutes instead of the usual 9."),
        ("Tom", "+1"),
        ("Tom", "did anyone see the match last night?"),
        ("Priya Nair", "We decided to freeze driver upgrades until the load test runs at 50% of production traffic."),
        ("Jonas Weber", "I will add a connection pool alert by 24 November."),
        ("Priya Nair", "Tom will write the customer apology by Friday."),
        ("Tom", "ok sounds good"),
        ("Maya Lindqvist", "Open question: do we owe credits to the 14 enterprise accounts that missed their SLA?"),
        ("Maya Lindqvist", "Biggest risk is the holiday peak, traffic is expected to double on 27 November."),
        ("Tom", "lol my cat just walked over the keyboard"),
        ("Maya Lindqvist", "<@U0BOT> please make a 9 slide deck about this for the exec review"),
    ],
    figures=["47 minutes", "1,204", "38%", "312"],
    chatter=["slept", "haha", "coffee", "match", "cat just", "exec review", "sounds good", "+1"],
)

BUDGET = Transcript(
    topic="Marketing budget 2027",
    messages=[
        ("Ana", "Hi team, hope you had a nice weekend!"),
        (
            "Ana",
            (
                "The draft budget for 2027 is €2.4M, up 12% from this year. Paid search is €900k of it, events "
                "€650k, content €400k, the rest is tools and agencies."
            ),
        ),
        ("Ben", "Why is events that high? Last year the three fairs brought only 41 qualified leads."),
        ("Ana", "Cost per qualified lead was €310 in paid search and €4,800 at events."),
        ("Chloé", "Good point."),
        ("Chloé", "Content brought 38% of all trial sign-ups in 2026 with 17% of the money."),
        ("Ben", "I propose to cut events to one fair and to move €400k to content."),
        (
            "Ana",
            (
                "Agreed to drop the Lisbon and Berlin fairs. We keep Amsterdam because 70% of the event leads "
                "came from there."
            ),
        ),
        ("Chloé", "who's in for pizza on thursday? :pizza:"),
        ("Ben", "Chloé will prepare the content plan by 15 January 2027."),
        ("Ana", "Finance must approve the final numbers before 18 December 2026."),
        (
            "Ben",
            "The risk is brand search: it drops when we are not visible at fairs, and nobody has measured by how much.",
        ),
        ("Ana", "Thanks everyone!"),
        ("Ana", "@Threadwork create a presentation from this thread"),
    ],
    figures=["€2.4M", "€310", "€4,800", "38%"],
    chatter=["weekend", "pizza", "Good point", "Thanks everyone", "create a presentation"],
)

RESEARCH_NOTES = b"""# Interviews on onboarding

We spoke with 14 customers between 2 and 20 October 2026. Nine of them are mid-market companies.

## What slows people down

Setting up single sign-on took 11 days at the median. In seven of 14 interviews the security review was named first.
People who imported their own data in the first session came back on 4.2 days of the first week, the others on 1.6 days.

## What people liked

The sample project was the most liked part: 12 of 14 opened it, and eight copied it.
One participant said that the sample project explained in five minutes what two calls had not.

## Method

Interviews lasted 40 minutes and were recorded with consent.
Two researchers coded the notes independently, agreement was 0.81.
"""

RESEARCH = Transcript(
    topic="What slows down onboarding of new customers",
    messages=[
        ("Lena", "I put the notes of the onboarding interviews here, have a look"),
        ("Omar", "wow great stuff, thanks!!"),
        (
            "Omar",
            "The median of 11 days for single sign-on matches our tickets: 63% of onboarding tickets are about SSO.",
        ),
        ("Lena", "We should ship the SSO wizard first, it removes the step that most customers fail."),
        ("Omar", "I am not sure the wizard helps with the security review, that is a document problem."),
        ("Lena", "Decision: wizard in the first quarter, security document by 12 December 2026."),
        ("Omar", "happy birthday @Lena :tada:"),
        ("Lena", "Let's make a slide deck out of it"),
    ],
    files={"interviews.md": RESEARCH_NOTES},
    figures=["11 days", "63%", "4.2 days"],
    chatter=["birthday", "great stuff", "have a look", "slide deck"],
)

SALES_ROWS = b"""Region,Q1 2026,Q2 2026,Q3 2026,Q4 2026
North,412.5,430.1,455.0,501.2
South,388.0,391.7,402.3,399.9
West,297.4,310.0,352.8,410.6
Online,150.2,201.9,260.4,338.7
Total,1248.1,1333.7,1470.5,1650.4
"""

SALES = Transcript(
    topic="Sales by region in 2026",
    messages=[
        ("Mia", "Numbers are in thousand euros, from the closed books of 14 January."),
        ("Noah", "Online more than doubled, from 150.2 in the first quarter to 338.7 in the fourth."),
        ("Mia", "South is flat because two of the five field reps left in June."),
        ("Noah", "hahaha the printer is on fire again"),
        ("Mia", "Churn in the North was 3.1%, the lowest of all regions."),
        ("Noah", "Mia will hire two reps for the South by end of March."),
        ("Mia", "can you make a powerpoint with charts please"),
    ],
    files={"sales.csv": SALES_ROWS},
    figures=["338.7", "150.2", "3.1%"],
    chatter=["printer", "powerpoint"],
)

LANGUAGES = Transcript(
    topic="Umstellung der Lagersoftware",
    messages=[
        ("Jürgen", "Guten Morgen zusammen"),
        ("Jürgen", "Die Umstellung der Lagersoftware hat 212.000 € gekostet, geplant waren 180.000 €."),
        ("Jürgen", "Ursache war die Schulung: 46 Mitarbeitende brauchten drei Tage statt einen."),
        (
            "Claire",
            (
                "À Lyon, le temps de préparation d'une commande est passé de 9,5 à 6,2 minutes depuis la mise en "
                "service du logiciel."
            ),
        ),
        ("Claire", "Le taux d'erreur reste à 1,8 %, parce que les étiquettes sont encore imprimées à la main."),
        ("Claire", "mdr"),
        ("Pablo", "En Valencia el stock negativo bajó a 12 artículos en octubre."),
        ("Pablo", "El riesgo es la temporada alta: el soporte del proveedor termina en diciembre."),
        ("Jürgen", "Wir haben beschlossen, Rotterdam erst im Februar umzustellen."),
        ("Claire", "Claire s'occupe des imprimantes avant le 5 décembre."),
        ("Pablo", "¿quién viene al almuerzo?"),
        ("Jürgen", "Bitte erstelle eine Präsentation dazu"),
    ],
    figures=["212.000 €", "180.000 €", "6,2 minutes", "1,8 %"],
    chatter=["Guten Morgen", "mdr", "almuerzo", "erstelle"],
)

ENERGY = Transcript(
    topic="How Iowa's electricity mix changed from 2001 to 2017",
    messages=[
        ("Maya", "I attached the yearly net generation of Iowa's power plants by source, in thousand megawatt-hours."),
        ("Jonas", "Renewables overtook nuclear energy for good in 2009, that surprised me."),
        ("Priya", "Fossil fuels peaked in 2010 and fell in most years after that."),
        ("Jonas", "lunch anyone?"),
        (
            "Priya",
            (
                "Most of the growth is wind. The board should see that before it decides on the grid connection "
                "by 4 December."
            ),
        ),
        ("Maya", "Jonas will check the 2016 numbers with the utility by Friday."),
        ("Maya", "@Threadwork make a presentation about this"),
    ],
    files={EXAMPLE.name: EXAMPLE.read_bytes()},
    figures=["21,933", "1,437", "2010"],
    chatter=["lunch", "make a presentation"],
)

PORTAL = Transcript(
    topic="Relaunch of the customer portal",
    messages=[
        ("Maya Lindqvist", "hey all :wave:"),
        ("Priya Nair", "The old portal has 18,400 active accounts, and 71% of them log in at least once a month."),
        ("Maya Lindqvist", "Budget is €640k, of which €210k is already committed to the identity provider."),
        ("Tom Okafor", "We have two options. Option A: build on the design system, 14 weeks, 3 developers."),
        ("Tom Okafor", "Option B: buy the Portico template, 8 weeks, licence of €48k a year."),
        ("Jonas Weber", "Option A keeps our accessibility work, which passed the audit in June."),
        ("Priya Nair", "Option B does not support single sign-on with the partners."),
        ("Lea Fontaine", "From 3 December 2026 the identity provider runs in the test environment."),
        ("Lea Fontaine", "On 15 January 2027 the first 500 customers move to the new login."),
        ("Maya Lindqvist", "On 5 March 2027 returns go live, and on 31 March 2027 the old portal is switched off."),
        ("Tom Okafor", "lunch?"),
        ("Priya Nair", "We decided to go with option A because the partners need single sign-on from day one."),
        ("Priya Nair", "Decision: invoices come before returns, since invoices cause most of the tickets."),
        ("Jonas Weber", "Risk: the order data of before 2019 sits in a system that nobody here has worked with."),
        ("Lea Fontaine", "Open question: who answers customers who lose access during the move?"),
        (
            "Priya Nair",
            "A customer told me last week: I keep my invoices in a shoebox, and honestly the shoebox is faster.",
        ),
        (
            "Jonas Weber",
            (
                "The migration goes in this order:\n1. Export accounts from the old portal\n"
                "2. Match them with the CRM\n3. Send invitations in batches of 500\n"
                "4. Confirm the first login\n5. Close the old account"
            ),
        ),
        ("Lea Fontaine", "The matching found 1,312 duplicate accounts, 7% of all."),
        ("Lea Fontaine", "I will clean up the duplicates by 11 December."),
        ("Tom Okafor", "Tom will ask legal for the terms of use by 4 December."),
        ("Priya Nair", "Churn among portal users was 4.2% last quarter, down from 5.6% a year ago."),
        ("Maya Lindqvist", "Customer satisfaction with the portal is 3.1 of 5, the lowest of all our products."),
        ("Jonas Weber", "I recommend a go, because the pilot removed the largest risk, which was the login."),
        ("Maya Lindqvist", "@Threadwork please make a deck for the steering committee"),
    ],
    figures=["€640k", "4.2%", "3.1 of 5"],
    chatter=["hey all", "lunch", "steering committee"],
)

HEAT_PUMPS = Transcript(
    topic="Wärmepumpen im Werk Nord",
    messages=[
        ("Jürgen Albers", "Guten Morgen zusammen"),
        ("Jürgen Albers", "Die Einführung im Werk Nord ist zu 68 % abgeschlossen, 34 von 50 Anlagen laufen."),
        ("Katrin Möller", "Der Stromverbrauch stieg von 412 MWh auf 538 MWh im Monat."),
        ("Katrin Möller", "Die Heizkosten sind von 96.000 € auf 61.500 € im Monat gesunken."),
        ("Stefan Brandt", "Am 3. Dezember 2026 werden die Anlagen 35 bis 42 angeschlossen."),
        ("Stefan Brandt", "Am 14. Januar 2027 prüft der TÜV die Kältekreise."),
        ("Jürgen Albers", "Am 1. März 2027 endet der Gasliefervertrag."),
        ("Katrin Möller", "Wir haben beschlossen, die alte Kesselanlage bis April als Reserve zu behalten."),
        ("Stefan Brandt", "Wir haben entschieden, den Pufferspeicher in Halle 3 zu verdoppeln."),
        ("Jürgen Albers", "Das Risiko ist der Netzanschluss: die Stadtwerke haben noch nicht zugesagt."),
        ("Katrin Möller", "Unklar ist, wer die Wartung der Verdichter ab Sommer übernimmt."),
        ("Stefan Brandt", "Stefan kümmert sich um das Angebot für die Wartung bis 11. Dezember."),
        ("Katrin Möller", "Die Förderung beträgt 1,2 Mio. €, davon sind 800.000 € schon bewilligt."),
        ("Stefan Brandt", "Mittagessen?"),
        ("Katrin Möller", "@Threadwork mach bitte eine Präsentation daraus"),
    ],
    figures=["538 MWh", "61.500 €"],
    chatter=["Guten Morgen", "Mittagessen", "mach bitte"],
)

TRANSCRIPTS = {
    "incident": INCIDENT,
    "budget": BUDGET,
    "research": RESEARCH,
    "sales": SALES,
    "languages": LANGUAGES,
    "energy": ENERGY,
    "portal": PORTAL,
    "heat_pumps": HEAT_PUMPS,
}
