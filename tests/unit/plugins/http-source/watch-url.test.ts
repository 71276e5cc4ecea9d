import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { SourceItem } from "syrinx/sdk";
import { MAX_BYTES } from "../../../../plugins/http-source/ask.ts";
import { type Pace, watchUrl } from "../../../../plugins/http-source/watch-url.ts";

const JSON_TYPE = { "Content-Type": "application/json" };

/** A server whose next answers are handed to it; after the last one, that one again. */
class Central {
  readonly requests: Headers[] = [];
  readonly #answers: ((request: Request) => Response | Promise<Response>)[] = [];
  readonly #server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: (request) => {
      this.requests.push(request.headers);
      const [answer = () => new Response("nothing to say", { status: 500 })] = this.#answers;
      if (this.#answers.length > 1) this.#answers.shift();
      return answer(request);
    },
  });

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}/config`;
  }

  answers(...answers: ((request: Request) => Response | Promise<Response>)[]): void {
    this.#answers.splice(0, Infinity, ...answers);
  }

  says(document: unknown, headers: Record<string, string> = {}): () => Response {
    return () => new Response(JSON.stringify(document), { headers: { ...JSON_TYPE, ...headers } });
  }

  stop(): Promise<void> {
    return this.#server.stop(true);
  }
}

let central: Central;
let leaving: AbortController;
beforeEach(() => {
  central = new Central();
  leaving = new AbortController();
});
afterEach(async () => {
  leaving.abort();
  await central.stop();
});

/** Watches without ever waiting, until so many waits were requested. */
async function watch(
  settings: { url?: string; token?: string; timeoutMs?: number; pollMs?: number },
  waits: number,
  random = 0.5,
): Promise<{ items: SourceItem[]; waited: number[] }> {
  const waited: number[] = [];
  const pace: Pace = {
    wait: async (ms) => {
      waited.push(Math.round(ms));
      if (waited.length >= waits) leaving.abort();
    },
    random: () => random,
  };
  const whole = { url: central.url, timeoutMs: 5_000, pollMs: 30_000, ...settings };
  const items = await Array.fromAsync(watchUrl(whole, leaving.signal, pace));
  return { items, waited };
}

describe("a document", () => {
  test("is yielded with its positions, and again only when it has changed", async () => {
    central.answers(central.says({ a: 1 }), central.says({ a: 1 }), central.says({ a: 2 }));
    const { items } = await watch({}, 4);
    expect(items).toEqual([
      { document: { a: 1 }, origin: central.url, places: { "": [1, 1], "/a": [1, 2] } },
      { document: { a: 2 }, origin: central.url, places: { "": [1, 1], "/a": [1, 2] } },
    ]);
  });

  test("with an ETag is requested with it, and the answer 304 yields nothing", async () => {
    central.answers(central.says({ a: 1 }, { ETag: '"v1"' }), () => new Response(null, { status: 304 }));
    const { items } = await watch({}, 3);
    expect(items.length).toBe(1);
    expect(central.requests.map((headers) => headers.get("if-none-match"))).toEqual([null, '"v1"', '"v1"']);
  });

  test("is requested with the token, and its origin leaves out the query", async () => {
    central.answers(central.says({}));
    const { items } = await watch({ token: "s3cret", url: `${central.url}?key=hidden` }, 1);
    expect(central.requests[0]?.get("authorization")).toBe("Bearer s3cret");
    expect(items).toMatchObject([{ origin: central.url }]);
  });

  test("may be YAML by its type or its name", async () => {
    central.answers(() => new Response("a: [1, 2]", { headers: { "Content-Type": "application/yaml" } }));
    expect((await watch({}, 1)).items).toMatchObject([{ document: { a: [1, 2] } }]);
    leaving = new AbortController();
    central.answers(() => new Response("a = 1"));
    expect((await watch({ url: `${central.url}.toml` }, 1)).items).toMatchObject([{ document: { a: 1 } }]);
  });
});

describe("an outage", () => {
  const down = () => new Response("not now", { status: 503 });

  test("is one problem, however long it lasts, and after it the document is yielded again", async () => {
    const same = () => new Response(null, { status: 304 });
    central.answers(
      central.says({ a: 1 }, { ETag: '"v1"' }),
      down,
      () => new Response("", { status: 429 }),
      down,
      same,
      same,
    );
    const { items } = await watch({}, 6);
    expect(items).toMatchObject([
      { document: { a: 1 } },
      {
        problem: `Cannot fetch ${central.url}: it answers 503 Service Unavailable (not now); the last good document stays`,
      },
      { document: { a: 1 } },
    ]);
  });

  test("at the start is a problem, until the server answers", async () => {
    central.answers(down, central.says({ a: 1 }));
    expect((await watch({}, 2)).items).toMatchObject([{ origin: central.url }, { document: { a: 1 } }]);
  });

  test("is retried after growing waits of up to five minutes, which start over with each outage", async () => {
    central.answers(...Array.from({ length: 11 }, () => down), central.says({}), down);
    const { waited } = await watch({}, 13);
    const doubling = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1_000);
    expect(waited).toEqual([...doubling, 30_000, 1_000]);
  });

  test("is not retried before the server's Retry-After", async () => {
    central.answers(() => new Response("", { status: 429, headers: { "Retry-After": "120" } }));
    expect((await watch({}, 1)).waited).toEqual([120_000]);
  });

  test("includes a refused connection", async () => {
    const { url } = central;
    await central.stop();
    expect((await watch({ url }, 2)).items).toMatchObject([
      { problem: expect.stringContaining(`Cannot fetch ${url}`) },
    ]);
  });

  test("includes an answer that does not end in time", async () => {
    const endless = () =>
      new Response(new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode("{")) }), {
        headers: JSON_TYPE,
      });
    central.answers(endless);
    expect((await watch({ timeoutMs: 50 }, 1)).items).toMatchObject([
      { problem: expect.stringContaining("no whole answer came within 50 ms") },
    ]);
  });
});

describe("is one problem:", () => {
  const wrong: [what: string, answer: () => Response, problem: string][] = [
    ["a status", () => new Response("<html>", { status: 404 }), "answers 404 Not Found"],
    [
      "a token that is refused",
      () => new Response("who?", { status: 401 }),
      "answers 401 Unauthorized (who?)",
    ],
    [
      "a redirect, which might take the token elsewhere",
      () => Response.redirect("http://elsewhere.example/", 302),
      "it redirects to http://elsewhere.example/, which is not followed",
    ],
    ["an unknown format", () => new Response("a"), "Cannot tell the format"],
    [
      "a document that is too large",
      () => new Response("x".repeat(MAX_BYTES + 1), { headers: JSON_TYPE }),
      `more than ${MAX_BYTES} bytes`,
    ],
    ["a text that is no JSON", () => new Response("{,}", { headers: JSON_TYPE }), "as JSON: "],
    ["no object", () => new Response("[]", { headers: JSON_TYPE }), "an object with the sections"],
    ["no text", () => new Response(new Uint8Array([0xff]), { headers: JSON_TYPE }), "it is not UTF-8 text"],
  ];
  test.each(wrong)("%s", async (_, answer, problem) => {
    central.answers(central.says({ a: 1 }), answer, answer, central.says({ a: 2 }));
    const { items } = await watch({}, 4);
    expect(items).toMatchObject([
      { document: { a: 1 } },
      { problem: expect.stringContaining(problem) },
      { document: { a: 2 } },
    ]);
  });
});

test("it polls at its interval, up to a tenth earlier or later", async () => {
  central.answers(central.says({}));
  expect((await watch({}, 1, 0)).waited).toEqual([27_000]);
  leaving = new AbortController();
  expect((await watch({}, 1, 1)).waited).toEqual([33_000]);
});

test("it ends at once when its signal aborts, even during a request", async () => {
  const asked = Promise.withResolvers<void>();
  central.answers(() => {
    asked.resolve();
    return new Promise(() => {});
  });
  const items = Array.fromAsync(
    watchUrl({ url: central.url, timeoutMs: 60_000, pollMs: 60_000 }, leaving.signal),
  );
  await asked.promise;
  leaving.abort();
  expect(await items).toEqual([]);
});
