import { make } from "./dom.js";
import { newId } from "./ids.js";

const INPUTS = {
  first_name: { type: "text", autocomplete: "given-name" },
  phone: { type: "tel", autocomplete: "tel", inputmode: "tel" },
  email: { type: "email", autocomplete: "email", inputmode: "email" },
};
const DEFAULT_TITLE = "Send";

/**
 * Fields for what must not stand in the chat. What is typed goes straight to the server and is gone from the page after.
 *
 * @param {object} message of kind "form"; `data.fields` is [{name, label, required}], its first button sends
 * @param {import("./message_view.js").Actions} actions `keepContact` rejects with an error whose message is Danish
 */
export function contactForm({ data, buttons = [] }, { keepContact, press, say }) {
  const fields = (data.fields || []).map(field);
  const problem = make("p", { class: "problem" });
  const submit = make("button", { class: "button button--main" }, buttons[0]?.title || DEFAULT_TITLE);
  const form = make("form", { class: "contact", novalidate: true });
  form.append(...fields.map(({ row }) => row), problem, submit);
  form.append(make("p", { class: "contact__note" }, "Det står ikke i chatten og gemmes låst."));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!fields.every(check)) return fields.find((each) => !check(each)).input.focus();
    submit.disabled = true;
    problem.textContent = "";
    try {
      await keepContact(values(fields));
      form.replaceWith(make("p", { class: "contact__note" }, "Tak, det er gemt."));
      if (buttons[0]) press(buttons[0]);
    } catch (error) {
      problem.textContent = error.message;
      say(error.message);
      submit.disabled = false;
    }
  });
  return form;
}

function field({ name, label, required }) {
  const id = newId();
  const input = make("input", { id, name, required, "aria-describedby": `${id}-problem`, ...INPUTS[name] });
  const problem = make("span", { class: "problem", id: `${id}-problem` });
  const title = required ? label : `${label} (hvis du vil)`;
  input.addEventListener("input", () => input.hasAttribute("aria-invalid") && check({ input, problem }));
  return { input, problem, row: make("p", {}, make("label", { for: id }, title), problem, input) };
}

/** Shows what is wrong with a field, or that nothing is. @returns {boolean} */
function check({ input, problem }) {
  const text = input.value.trim();
  const isMissing = input.required && !text;
  const isOdd = input.validity.typeMismatch || (input.type === "tel" && text && digits(text) < 8);
  problem.textContent = isMissing ? "Skriv noget her." : isOdd ? "Det ser ikke helt rigtigt ud. Kig på det igen." : "";
  if (problem.textContent) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  return !problem.textContent;
}

function digits(text) {
  return text.replace(/\D/g, "").length;
}

function values(fields) {
  return Object.fromEntries(fields.map(({ input }) => [input.name, input.value.trim()]).filter(([, value]) => value));
}
