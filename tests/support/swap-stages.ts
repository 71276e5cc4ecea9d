/** The stages of a swap whose new instance is loaded beside the old one. */
export const BLUE_GREEN_STAGES = [
  "planned",
  "admitted",
  "starting",
  "loading",
  "restoring",
  "probing",
  "routed",
  "draining",
  "done",
] as const;
