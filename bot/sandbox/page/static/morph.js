// Makes one element look like another with as few changes as it takes: what is the same is not touched, so nothing
// flickers, nothing scrolls, and what somebody is typing stays.

// Attributes that belong to the person, not to the server.
const KEPT = new Set(["open", "style", "data-editing", "data-count"]);

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

export function morph(old, next) {
  if (old.isEqualNode(next)) return;
  if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName || old.id !== next.id) {
    old.replaceWith(next);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = next.nodeValue;
    return;
  }
  morphAttributes(old, next);
  if (!("own" in old.dataset)) morphChildren(old, next);
}

function morphAttributes(old, next) {
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && !KEPT.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) !== value && !KEPT.has(name)) old.setAttribute(name, value);
  }
}

function morphChildren(old, next) {
  const named = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  let current = old.firstChild;
  for (const child of [...next.childNodes]) {
    const known = child.id ? named.get(child.id) : undefined;
    if (known && known !== current) {
      old.insertBefore(known, current);
      morph(known, child);
    } else if (current && isAlike(current, child)) {
      const following = current.nextSibling;
      morph(current, child);
      current = following;
    } else {
      old.insertBefore(child, current);
    }
  }
  while (current) {
    const following = current.nextSibling;
    current.remove();
    current = following;
  }
}

function isAlike(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && (one.id || "") === (other.id || "");
}
