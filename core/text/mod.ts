/**
 * From written text to what a voice is asked to speak. Pure.
 *
 * @module
 */
export { segmentText } from "./segment.ts";
