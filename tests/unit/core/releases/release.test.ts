import { describe, expect, test } from "bun:test";
import { pickRelease, releaseId } from "../../../../core/releases/release.ts";

const RELEASES = ["1.0.0", "1.2.0", "1.10.0", "2.0.0-beta.1", "2.0.0-beta.2", "0.9.0"].map((version) => ({
  name: "piper",
  version,
}));
const ALL = [...RELEASES, { name: "tone", version: "1.0.0" }];

function pick(range: string): string {
  return releaseId(pickRelease(ALL, range, "voice plugin"));
}

describe("a range", () => {
  test.each([
    ["piper", "piper@1.10.0"],
    ["piper@^1.0.0", "piper@1.10.0"],
    ["piper@~1.2.0", "piper@1.2.0"],
    ["piper@1.0.0", "piper@1.0.0"],
    ["piper@<1", "piper@0.9.0"],
    ["piper@>=1 <1.10", "piper@1.2.0"],
    ["tone", "tone@1.0.0"],
  ])("%s picks the newest that it allows: %s", (range, id) => {
    expect(pick(range)).toBe(id);
  });

  test("picks a pre-release only where it names one", () => {
    expect(pick("piper@>=1.0.0")).toBe("piper@1.10.0");
    expect(pick("piper@2.0.0-beta.1")).toBe("piper@2.0.0-beta.1");
    expect(pick("piper@^2.0.0-beta.1")).toBe("piper@2.0.0-beta.2");
    expect(() => pick("piper@^2.0.0")).toThrow(expect.objectContaining({ code: "release-not-found" }));
  });
});

describe("a range that nothing fits", () => {
  test("names the versions that are there", () => {
    expect(() => pickRelease(RELEASES.slice(0, 2), "piper@^3", "voice plugin")).toThrow(
      expect.objectContaining({
        code: "release-not-found",
        message: "Cannot find voice plugin piper@^3: on disk are piper@1.0.0, piper@1.2.0",
      }),
    );
  });

  test("names what else is there if the name is unknown", () => {
    expect(() => pickRelease([{ name: "tone", version: "1.0.0" }], "pipr", "voice plugin")).toThrow(
      "Cannot find voice plugin pipr: on disk is tone@1.0.0",
    );
    expect(() => pickRelease([], "pipr", "model")).toThrow("Cannot find model pipr: on disk are none");
  });

  test("is told from one that is no range", () => {
    expect(() => pick("piper@new")).toThrow(
      expect.objectContaining({
        code: "release-not-found",
        message: 'Cannot find voice plugin piper@new because "new" is not a semver range',
      }),
    );
  });
});
