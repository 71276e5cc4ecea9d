import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { SyrinxError } from "../../../../core/errors.ts";
import { CREDIT_WINDOW_BYTES, Credit } from "../../../../core/protocol/credit.ts";

/** Lets every promise that can settle do so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

describe("credit", () => {
  test("is negative by one frame at most, and all is sent once the receiver reads", async () => {
    const frames = fc.array(fc.integer({ min: 1, max: 2 * CREDIT_WINDOW_BYTES }), {
      minLength: 1,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(frames, fc.infiniteStream(fc.nat()), async (sizes, choices) => {
        const credit = new Credit();
        let sent = 0;
        let read = 0;
        const total = sizes.reduce((sum, size) => sum + size, 0);
        const sending = (async () => {
          for (const size of sizes) {
            await credit.take(size);
            expect(sent - read).toBeLessThan(CREDIT_WINDOW_BYTES);
            sent += size;
          }
        })();
        while (read < total) {
          await settle();
          expect(sent).toBeGreaterThan(read);
          const bytes = 1 + (Number(choices.next().value) % (sent - read));
          read += bytes;
          credit.add(bytes);
        }
        await sending;
        expect(sent).toBe(total);
      }),
      { numRuns: 60 },
    );
  });

  test("that is used up makes the sender wait until it is positive again", async () => {
    const credit = new Credit();
    await credit.take(CREDIT_WINDOW_BYTES + 50);
    let taken = false;
    const waiting = credit.take(100).then(() => (taken = true));
    await settle();
    credit.add(50);
    await settle();
    expect(taken).toBe(false);
    credit.add(1);
    await waiting;
  });

  test("the end of the call ends the wait, and every later one at once", async () => {
    const credit = new Credit();
    await credit.take(CREDIT_WINDOW_BYTES);
    const waiting = credit.take(1);
    const gone = new SyrinxError("cancelled", "nobody listens");
    credit.close(gone);
    credit.close(new SyrinxError("internal", "the first reason counts"));
    await expect(waiting).rejects.toBe(gone);
    await expect(credit.take(1)).rejects.toBe(gone);
  });

  test("a second sender on the same stream is an error", async () => {
    const credit = new Credit();
    await credit.take(CREDIT_WINDOW_BYTES);
    void credit.take(1).catch(() => {});
    expect(() => credit.take(1)).toThrow(expect.objectContaining({ code: "internal" }));
  });
});
