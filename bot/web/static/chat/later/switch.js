import { make } from "../dom.js";

/** @param {(on: boolean) => boolean | Promise<boolean>} change whether it could be changed */
export function switchFor(title, isOn, change) {
  const box = make("input", { type: "checkbox" });
  box.checked = isOn;
  box.addEventListener("change", async () => {
    box.disabled = true;
    if (!(await change(box.checked))) box.checked = !box.checked;
    box.disabled = false;
    box.focus();
  });
  return make("label", { class: "switch" }, box, title);
}

/** One that stays as it was, and fails, where its change did not get through. @param {(on: boolean) => Promise} tell */
export function toldSwitch(title, isOn, tell, fail) {
  return switchFor(title, isOn, async (on) => {
    try {
      await tell(on);
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  });
}
