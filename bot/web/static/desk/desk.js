import { watchDangers } from "./dangers.js"
import { watchComposer } from "./composer.js"
import { watchCopying } from "./copying.js"
import { watchConnection } from "./connection.js"
import { watchDrafts } from "./drafts.js"
import { watchErrors } from "./errors.js"
import { watchLengths } from "./lengths.js"
import { watchLive } from "./live.js"
import { watchLooks } from "./looks.js"
import { watchLowering } from "./lowering.js"
import { watchMessages } from "./messages.js"
import { watchNeeding } from "./needing.js"
import { watchNotes } from "./notes.js"
import { watchOverdue } from "./overdue.js"
import { watchReadyAnswers } from "./ready_answers.js"
import { watchOwn } from "./own.js"
import { watchShortcuts } from "./shortcuts.js"
import { watchSigns } from "./signs.js"
import { watchSuggestion } from "./suggestion.js"
import { watchWaiting } from "./waiting.js"

watchConnection()
watchErrors()
watchLive()
// Whoever may not see who waits is told of nobody.
if (document.querySelector(".alarms")) {
  watchOwn()
  watchWaiting()
  watchDangers()
  watchNeeding()
}
watchMessages()
// Before what is put back into a field: it may be too long.
watchLengths()
watchDrafts()
watchComposer()
watchReadyAnswers()
watchSigns()
watchLooks()
watchOverdue()
watchSuggestion()
watchNotes()
watchLowering()
watchCopying()
watchShortcuts()
