import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { ServingGeneration } from "../../../../core/slots/generation.ts";
import { Router } from "../../../../core/slots/router.ts";

/** A generation of which nothing but its number is of interest. */
function generation(number: number): ServingGeneration {
  return { number, lease: () => ({ generation: number }) } as unknown as ServingGeneration;
}

function take(router: Router, times: number): (number | undefined)[] {
  return Array.from({ length: times }, () => router.lease()?.generation);
}

describe("utterances", () => {
  test("go nowhere before anything serves, and then to the newest generation", () => {
    const router = new Router();
    expect(take(router, 1)).toEqual([undefined]);
    router.route(generation(1));
    router.route(generation(2));
    expect(take(router, 2)).toEqual([2, 2]);
  });

  test("go to the canary in its share, evenly, until it is promoted or taken back", () => {
    const router = new Router();
    router.route(generation(1));
    router.share(generation(2), 25);
    expect(take(router, 8)).toEqual([1, 1, 1, 2, 1, 1, 1, 2]);
    router.takeBack();
    expect(take(router, 4)).toEqual([1, 1, 1, 1]);
    router.share(generation(3), 100);
    expect(take(router, 2)).toEqual([3, 3]);
    router.route(generation(3));
    expect(router.canary).toBeUndefined();
  });

  test("any 100 in a row go to the canary by its percents", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(300), (percent, before) => {
        const router = new Router();
        router.route(generation(1));
        router.share(generation(2), percent);
        take(router, before);
        expect(take(router, 100).filter((number) => number === 2).length).toBe(percent);
      }),
    );
  });
});
