import { SseParser } from "./sse_parser.js";

const SILENCE = 40_000; // milliseconds; the server pings every 15 seconds, so two pings have been lost

/** Nothing came for so long that somebody on the way holds the stream back. */
export class SilentStreamError extends Error {}

/**
 * Reads an event stream until the server ends it.
 *
 * Raises SilentStreamError when even the pings stop, and whatever `open` raises.
 *
 * @param {(signal: AbortSignal) => Promise<Response>} open
 * @param {(event: {type: string, data: string, id: string}) => void} onEvent
 * @param {AbortSignal} signal ends the reading
 */
export async function readStream(open, onEvent, signal) {
  const ending = new AbortController();
  signal.addEventListener("abort", () => ending.abort(), { signal: ending.signal });
  let isSilent = false;
  let watchdog;
  const heard = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => {
      isSilent = true;
      ending.abort();
    }, SILENCE);
  };
  try {
    heard();
    await pump(await open(ending.signal), new SseParser(onEvent), heard);
  } catch (error) {
    throw isSilent ? new SilentStreamError() : error;
  } finally {
    clearTimeout(watchdog);
    ending.abort();
  }
}

async function pump(response, parser, heard) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    parser.feed(value);
  }
}
