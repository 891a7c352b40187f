import { make } from "./dom.js";

// Short numbers are listed: any other three or four digits may be a year or an amount.
const LINKABLE =
  /(?<url>https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])|(?<phone>(?:\+45 ?)?\d{2} \d{3} \d{3}|(?:\+45 ?)?\d{4} \d{4}|(?:\+45 ?)?\d{2}(?: ?\d{2}){3}|116 ?\d{3}|1888|1813|112|114)(?![\d.,]?\d)/g;
const GLUED = /[\d.,§+]\s?$/;

/**
 * A text as paragraphs and lists, with addresses and phone numbers one can tap.
 *
 * @param {string} text lines that begin with "- " become a list
 * @returns {DocumentFragment}
 */
export function linkedText(text) {
  const fragment = document.createDocumentFragment();
  for (const line of text.split("\n").filter((each) => each.trim())) {
    const item = /^\s*[-•*] (.*)$/.exec(line);
    if (!item) fragment.append(make("p", {}, ...linked(line)));
    else listAtEnd(fragment).append(make("li", {}, ...linked(item[1])));
  }
  return fragment;
}

/** @returns {string[]} the phone numbers of a text, each once, as they are written */
export function phoneNumbers(text) {
  return [...new Set([...matches(text)].filter(({ groups }) => groups.phone).map(({ groups }) => groups.phone))];
}

/** @returns {string} what a phone dials */
export function telephone(number) {
  return `tel:${number.replaceAll(" ", "")}`;
}

/** A link to another page; the text alone when the address is not one of the web. */
export function webLink(address, text = address) {
  if (!isOfTheWeb(address)) return text;
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

function isOfTheWeb(address) {
  try {
    return ["https:", "http:"].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

function* matches(text) {
  for (const match of text.matchAll(LINKABLE)) {
    if (match.groups.url || !GLUED.test(text.slice(0, match.index))) yield match;
  }
}

function linked(text) {
  const nodes = [];
  let end = 0;
  for (const { 0: found, index, groups } of matches(text)) {
    nodes.push(text.slice(end, index));
    nodes.push(groups.url ? webLink(found) : make("a", { href: telephone(found), class: "phone" }, found));
    end = index + found.length;
  }
  return [...nodes, text.slice(end)];
}

function listAtEnd(fragment) {
  if (fragment.lastChild?.nodeName !== "UL") fragment.append(make("ul"));
  return fragment.lastChild;
}
