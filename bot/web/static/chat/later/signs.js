import { byId, make } from "../dom.js";

const EVERY = 3_000; // milliseconds between two signs of ours
const SHOWN = 8_000; // longer than between two of theirs, so that a stream that breaks off leaves none standing
const DANISH = { typing: (name) => `${name} skriver`, seen: "Set" };
const ENGLISH = { typing: (name) => `${name} is typing`, seen: "Seen" };

let begun = false;

/**
 * From when a human has the chat: shows that they type and what they have seen, and tells them the same of us. What is
 * in the field is never sent before it is sent. Nothing of it is read aloud.
 *
 * @param {import("../api.js").Api} api
 * @param {import("../conversation.js").Conversation} conversation
 * @param {import("../follower.js").Follower} follower
 */
export function begin(api, conversation, follower) {
  if (begun) return;
  begun = true;
  show(conversation, follower);
  tellTyping(api, conversation);
  tellSeen(api, conversation);
}

function show(conversation, follower) {
  const who = make("span");
  const sign = make("p", { class: "typing", hidden: true }, who, make("i"), make("i"), make("i"));
  byId("typing").after(sign);
  const mark = make("p", { class: "message__state" });
  let timer;
  const hide = () => follower.along(() => (sign.hidden = true));
  const place = () => {
    mark.lang = byId("holder").lang;
    mark.textContent = words().seen;
    const row = conversation.holder === "human" && document.querySelector(`[data-sequence="${conversation.signs?.seen}"]`);
    if (!row) mark.remove();
    else if (mark.parentElement !== row) follower.along(() => row.append(mark));
  };
  const heed = () => {
    place();
    clearTimeout(timer);
    const typing = conversation.signs?.typing;
    if (!typing || conversation.holder !== "human") return hide();
    who.lang = byId("holder").lang;
    who.textContent = words().typing(typing);
    follower.along(() => (sign.hidden = false));
    timer = setTimeout(hide, SHOWN);
  };
  conversation.addEventListener("signs", heed);
  conversation.addEventListener("holder", heed);
  // What they wrote takes the place of the sign that they do.
  conversation.addEventListener("message", ({ detail }) => (place(), detail.message.sender === "caseworker" && hide()));
  heed();
}

function tellTyping(api, conversation) {
  const field = byId("text");
  let told = 0;
  field.addEventListener("input", () => {
    const isTyping = field.value.trim() !== "";
    const isOld = isTyping ? Date.now() - told < EVERY : !told;
    if (conversation.holder !== "human" || isOld) return;
    told = isTyping ? Date.now() : 0;
    // Nobody is told that it did not get through: the next one may.
    api.ask("POST", "/signs", { typing: isTyping, after: conversation.lastReceived }).catch(() => {});
  });
  // What is sent ends the sign by itself.
  byId("composer").addEventListener("submit", () => (told = 0));
}

function tellSeen(api, conversation) {
  let newest = conversation.lastReceived;
  let told = 0;
  const look = () => {
    if (conversation.holder !== "human" || told >= newest || !isOnScreen()) return;
    told = newest;
    api.ask("POST", "/signs", { seen: newest }).catch(() => (told = 0));
  };
  conversation.addEventListener("message", ({ detail: { message } }) => {
    if (message.sender === "caseworker") newest = message.sequence;
    look();
  });
  // What was seen is forgotten when they go: whoever comes next is told anew.
  conversation.addEventListener("holder", () => ((told = conversation.holder === "human" ? told : 0), look()));
  document.addEventListener("visibilitychange", look);
  // The panel around the frame was opened again.
  window.addEventListener("focus", look);
  look();
}

/** A panel that is closed has no room for anything. */
function isOnScreen() {
  return document.visibilityState === "visible" && byId("scroller").getClientRects().length > 0;
}

function words() {
  return byId("holder").lang === "en" ? ENGLISH : DANISH;
}
