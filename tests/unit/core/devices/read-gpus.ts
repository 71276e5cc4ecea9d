/**
 * A process that reads the GPUs by an NVML library, and ends of itself, as an engine may. Arguments: the library, and if it
 * hangs, the file that is there once it does.
 */
import { existsSync } from "node:fs";
import { systemClock } from "../../../../core/clock.ts";
import { Gpus } from "../../../../core/devices/gpus.ts";
import { silentLog } from "../../../support/silent-log.ts";

const [library, hangs] = process.argv.slice(2);
const reading = new Gpus({ clock: systemClock, log: silentLog(), library }).read();
// A reading alone does not keep a process alive.
const alive = setInterval(() => {}, 1_000);
if (hangs === undefined) {
  for (const { id } of await reading) console.log(id);
} else {
  while (!existsSync(hangs)) await Bun.sleep(5);
  console.log("hangs");
}
clearInterval(alive);
