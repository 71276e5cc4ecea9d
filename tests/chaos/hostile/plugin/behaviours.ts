/** Every behaviour, by its name. The version of a release names the one that it plays: `hostile@1.0.0-ack-flood`. */
import { AT_LOAD } from "./at-load.ts";
import { AT_PROBE } from "./at-probe.ts";
import { AT_SPEAK } from "./at-speak.ts";
import { AT_START } from "./at-start.ts";
import type { Behaviours } from "./behaviour.ts";
import { WHILE_SERVING } from "./while-serving.ts";

export const BEHAVIOURS: Behaviours = { ...AT_START, ...AT_LOAD, ...AT_PROBE, ...AT_SPEAK, ...WHILE_SERVING };
