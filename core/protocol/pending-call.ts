import type { Method } from "../../schemas/generated/protocol.ts";
import type { Timer } from "../clock.ts";
import type { SyrinxError } from "../errors.ts";
import type { CallDeadline } from "./call-deadline.ts";
import type { Credit } from "./credit.ts";
import type { Frame } from "./frame.ts";

/** A call that the plugin has not ended yet. */
export interface PendingCall {
  method: Method;
  resolve(value: unknown): void;
  reject(error: SyrinxError): void;
  ackTimer: Timer | undefined;
  /** Until when the plugin has to send something, or to end the call. */
  deadline?: CallDeadline;
  cancelled: boolean;
  data?(frame: Frame): void;
  item?(value: unknown): void;
  credit?: Credit;
}
