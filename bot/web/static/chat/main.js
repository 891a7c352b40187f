import { Announcer } from "./announcer.js";
import { Api, NOT_REACHED, RefusedError } from "./api.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { Conversation } from "./conversation.js";
import { byId, isTouch } from "./dom.js";
import { Follower } from "./follower.js";
import { HolderLine } from "./holder_line.js";
import { hostPage } from "./host_page.js";
import { Menu } from "./menu.js";
import { MessageList } from "./message_list.js";
import { OurPages } from "./our_pages.js";
import { Outbox } from "./outbox.js";
import { QuickExit } from "./quick_exit.js";
import { forget, recall, remember } from "./session.js";
import { StatusLine } from "./status_line.js";
import { TypingSign } from "./typing_sign.js";

const HUMAN_PLEASE = "Jeg vil gerne tale med et menneske.";
const PLAN_PLEASE = "Vis min plan";
const GONE = "Chatten findes ikke længere. Du kan starte en ny.";
const NO_ANSWER = "Chatten svarer ikke lige nu. Er du i fare, så ring 112.";

const { municipality, exit: neutralPage } = document.body.dataset;
const api = new Api();
const conversation = new Conversation();
const announcer = new Announcer(byId("announcer"));
const say = (text) => announcer.say(text);
const outbox = new Outbox(api, conversation, { onSent: keepSession, onGone: () => end(GONE) });
const follower = new Follower(byId("scroller"), byId("below"));
const keepContact = (contact) => api.keepContact(contact);
const list = new MessageList(byId("log"), follower, { press, keepContact, say, retry: (item) => outbox.retry(item) });
const composer = new Composer(byId("composer"), (text) => outbox.write(text));
const holderLine = new HolderLine(byId("holder"), announcer);
const statusLine = new StatusLine(byId("status"), announcer);
const typingSign = new TypingSign(byId("typing"), (change) => follower.along(change));
const menu = new Menu(byId("menu-button"));
const connection = new Connection(api, conversation, {
  onUp: () => (statusLine.up(), outbox.resume()),
  onDown: () => statusLine.down(),
  onGone: () => end(GONE),
});
const quickExit = new QuickExit(byId("exit"), { say, leave });
const pages = new OurPages({ exit, here: tellKept });
let session = null;
let isHistory = false;
let language;

conversation.addEventListener("message", ({ detail: { message, clientId } }) => {
  list.show(message, clientId);
  speak(message);
  if (message.sender === "young" || isHistory) return;
  announcer.sayMessage(message);
  hostPage.tellNews();
});
conversation.addEventListener("outgoing", ({ detail: item }) => {
  list.showOutgoing(item);
  if (item.state === "failed") say(`Ikke sendt. ${item.problem}`);
});
conversation.addEventListener("holder", showHolder);
conversation.addEventListener("waiting", () => typingSign.show(conversation.isWaiting));

hostPage.onExit(exit);
byId("human").addEventListener("click", () => (outbox.write(HUMAN_PLEASE), rest()));
byId("plan").addEventListener("click", () => (outbox.write(PLAN_PLEASE), rest()));
byId("mine").addEventListener("click", () => openLater("my_chat"));
byId("erase-button").addEventListener("click", () => openLater("erase_dialog"));
byId("again").addEventListener("click", begin);
byId("anew").addEventListener("click", () => location.reload());
byId("close").hidden = !hostPage.isFramed;
byId("close").addEventListener("click", () => hostPage.close());
window.addEventListener("focus", () => document.activeElement === document.body && wait());
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (menu.isOpen) menu.close();
  else if (hostPage.isFramed) hostPage.close();
});

await begin();

async function begin() {
  byId("trouble").hidden = true;
  try {
    session = (await resumed()) || (await opened());
    composer.open(true);
    connection.start();
    wait();
  } catch {
    byId("trouble").hidden = false;
    say(NO_ANSWER);
  }
}

/** The talk this tab had before the page was loaded anew; null when there is none. */
async function resumed() {
  const kept = recall(municipality);
  if (!kept) return null;
  api.actFor(kept);
  try {
    isHistory = true;
    const { messages, ...state } = await api.messages(0);
    messages.forEach((message) => conversation.receive(message));
    conversation.follow(state);
    say("Her er din chat igen.");
    return kept;
  } catch (error) {
    if (!(error instanceof RefusedError && error.isGone)) throw error;
    forget();
    api.actFor(null);
    return null;
  } finally {
    isHistory = false;
  }
}

async function opened() {
  const { messages, ...key } = await api.open(municipality, pageLocale());
  api.actFor(key);
  messages.forEach((message) => conversation.receive(message));
  return { ...key, municipality };
}

/** The language of the municipality's page. Many young Danes have their phone in English. */
function pageLocale() {
  const asked = new URLSearchParams(location.search).get("locale") ?? "";
  return /^[a-z]{2}$/.test(asked) ? asked : undefined;
}

/** Nothing is stored on the device before something was sent. */
function keepSession() {
  if (session) remember(session);
}

function exit() {
  quickExit.exit();
}

/** A page beside the chat can end it also when this one is gone: phones throw away what nobody looks at. */
function tellKept() {
  const kept = recall(municipality);
  if (kept) pages.tell("kept", kept);
}

function leave() {
  // Nothing that comes later may keep the chat again, or open it.
  if (session || recall(municipality)) api.leave().catch(() => {});
  session = null;
  forget();
  pages.tell("exit");
  hostPage.leave(neutralPage);
}

/** Dialogs are fetched by those who open them. */
async function openLater(name) {
  const opener = byId("menu-button");
  // What was pressed is hidden by now: the focus waits where it comes back to.
  opener.focus();
  try {
    const { open } = await import(`./later/${name}.js`);
    open({ opener, api, session, talks: conversation.talks, onErased: end });
  } catch {
    statusLine.tell(NOT_REACHED);
  }
}

/** The page speaks the language of the last message of the robot. */
function speak({ sender, data }) {
  if (sender !== "bot" || data?.language === language) return;
  language = data?.language;
  composer.speak(language);
  showHolder();
}

function showHolder() {
  holderLine.show(conversation.holder, conversation.queuePosition, language);
  if (conversation.holder === "human") import("./later/signs.js").then(({ begin }) => begin(api, conversation, follower), () => {});
}

function press(button) {
  outbox.press(button);
  rest();
}

/** The conversation is over, and nothing of it stays here. */
function end(reason) {
  connection.stop();
  forget();
  session = null;
  list.clear();
  composer.open(false);
  byId("typing").hidden = true;
  byId("ended").hidden = false;
  byId("ended-why").textContent = reason;
  say(reason);
  byId("anew").focus();
}

/** The field is ready, except where that would make a phone's keyboard jump up. */
function wait() {
  if (!isTouch()) composer.focus();
}

/** What was pressed may be gone: the focus must not be lost with it. */
function rest() {
  if (isTouch()) byId("scroller").focus({ preventScroll: true });
  else composer.focus();
}
