/**
 * Turns written text into segments for a voice. Pure.
 *
 * @module
 */
export { segmentText } from "./segment.ts";
