/**
 * Makes an element. Strings become text nodes: nothing anybody wrote is ever read as HTML.
 *
 * @param {string} tag
 * @param {Record<string, string | number | boolean | undefined>} attributes `true` sets an empty one, `false` and undefined none
 * @param {...(Node | string)} children
 */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children);
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

/** True where a finger is the pointer: there, focus on a field would bring a keyboard up. */
export function isTouch() {
  return matchMedia("(pointer: coarse)").matches;
}
