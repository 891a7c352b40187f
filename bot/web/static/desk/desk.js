import { watchDangers } from "./dangers.js"
import { watchComposer } from "./composer.js"
import { watchErrors } from "./errors.js"
import { watchLive } from "./live.js"
import { watchMessages } from "./messages.js"
import { watchWaiting } from "./waiting.js"

watchErrors()
watchWaiting()
watchDangers()
watchLive()
watchMessages()
watchComposer()
