/**
 * One behaviour: what a voice does at one stage instead of what it should, and what the engine has to say of it.
 *
 * @module
 */

/** Called with the id of the call. What it does not do is left out: nobody answers the call in its place. */
type OnCall = (call: number) => void;

export interface Behaviour {
  /** Instead of hello. */
  start?(): void;
  load?: OnCall;
  /** The first call to speak. */
  probe?: OnCall;
  /** Every other call to speak. */
  speak?: OnCall;
  /** A cancel, of a call that `speak` has left open. */
  cancel?: OnCall;
  health?: OnCall;
  /** Asked of what serves, when another version is to take its place. */
  snapshot?: OnCall;
  /** Asked of what is to take the place of another version. */
  restore?: OnCall;
  /** The reason that an event of the slot gives. */
  seen: RegExp;
  /**
   * What the event tells: a swap that failed before it was routed; the replacement of a process that serves; the return to
   * the version before, because too many utterances failed; or a swap that goes well, with a note about the old version.
   */
  as: "failed" | "replaced" | "rolled-back" | "noted";
  /** Whether it goes on until a deadline has passed. */
  lasts?: true;
}

/** Behaviours by name. */
export type Behaviours = Readonly<Record<string, Behaviour>>;

/** @returns behaviours that are all seen as the same kind of event */
export function allAs(as: Behaviour["as"], behaviours: Record<string, Omit<Behaviour, "as">>): Behaviours {
  return Object.fromEntries(Object.entries(behaviours).map(([name, one]) => [name, { ...one, as }]));
}
