import { describe, expect, test } from "bun:test";
import { lastTop } from "../../../../../admin/tui/dialogs/dialog-lines.ts";
import {
  answered,
  type Dialog,
  dialogLines,
  mapDialog,
  opened,
} from "../../../../../admin/tui/dialogs/mod.ts";
import { glyphsFor, keyNamed, lineCells, spanOf, textOf } from "../../../../../admin/tui/screen/mod.ts";

const SIZE = { columns: 80, rows: 24 };
const ASCII = glyphsFor({});

const question: Dialog<string> = {
  kind: "question",
  title: "Swap voices.slt",
  body: [["to rms@1.0.0"]],
  yes: "Swap",
  command: "syrinx swap slt --model rms",
  then: "swapped",
};
const choice: Dialog<string> = {
  kind: "choice",
  title: "Model",
  items: [{ label: "slt@1.0.0", note: "present" }, { label: "rms@1.0.0" }, { label: "rms@0.9.0" }],
  choose: (index) => `chose ${index}`,
};
const entry: Dialog<string> = {
  kind: "entry",
  title: "Value",
  body: [],
  text: "1",
  check: (text) => (Number.isNaN(Number(text)) ? "Not a number" : undefined),
  enter: (text) => `entered ${text}`,
};

/** Presses keys. @returns what happened, and what is on the screen, if it is still open */
function press(dialog: Dialog<string>, ...keys: readonly string[]) {
  let open = opened(dialog);
  for (const key of keys) {
    const answer = answered(open, keyNamed(key), { size: SIZE, glyphs: ASCII });
    if (!answer.open) return { closed: true, change: answer.change };
    ({ open } = answer);
  }
  return { closed: false, text: dialogLines(open, SIZE, ASCII).map(textOf).join("\n") };
}

describe("a question", () => {
  test("has Cancel as its first answer", () => {
    expect(press(question, "enter")).toEqual({ closed: true, change: undefined });
    expect(press(question, "escape")).toEqual({ closed: true, change: undefined });
    expect(press(question, "tab", "tab", "enter")).toEqual({ closed: true, change: undefined });
  });

  test("is done when its answer is chosen and confirmed", () => {
    expect(press(question, "tab", "enter").change).toBe("swapped");
    expect(press(question, "y").closed).toBe(false);
    expect(press(question, "y", "enter").change).toBe("swapped");
  });

  test("shows what it does, the command that does the same, and which answer is chosen", () => {
    const { text } = press(question);
    expect(text).toContain("to rms@1.0.0");
    expect(text).toContain("$ syrinx swap slt --model rms");
    expect(text).toContain(">Cancel");
    expect(press(question, "right").text).toContain(">Swap");
  });
});

describe("a choice", () => {
  test("is moved through and confirmed", () => {
    expect(press(choice, "enter").change).toBe("chose 0");
    expect(press(choice, "down", "enter").change).toBe("chose 1");
    expect(press({ ...choice, first: 2 }, "enter").change).toBe("chose 2");
  });

  test("is filtered by what is typed, and Escape first removes the filter", () => {
    expect(press(choice, "r", "m", "s").text).not.toContain("slt");
    expect(press(choice, "r", "m", "s", " ", "0", ".", "9", "enter").change).toBe("chose 2");
    expect(press(choice, "x", "enter").closed).toBe(false);
    expect(press(choice, "r", "escape").text).toContain("slt");
    expect(press(choice, "escape").change).toBeUndefined();
  });
});

describe("a choice of more than there is room for", () => {
  const items = Array.from({ length: 50 }, (_, index) => ({ label: `release ${index}.` }));
  const long = { ...choice, items };

  test("shows the one that the cursor is on, wherever in the list that is", () => {
    expect(press(long).text).toContain(">release 0.");
    expect(press(long, "end").text).toContain(">release 49.");
    expect(press(long, ...Array.from({ length: 30 }, () => "down")).text).toContain(">release 30.");
    expect(press({ ...long, first: 40 }).text).toContain(">release 40.");
    expect(press(long, "end", "home").text).toContain(">release 0.");
  });
});

describe("a field", () => {
  test("gives what was typed", () => {
    expect(press(entry, "2", "enter").change).toBe("entered 12");
  });

  test("says why a text is not valid, and stays open", () => {
    expect(press(entry, "x", "enter").text).toContain("Not a number");
    expect(press(entry, "x", "enter", "backspace", "enter").change).toBe("entered 1");
  });
});

describe("a text", () => {
  const long: Dialog<string> = {
    kind: "text",
    title: "Error",
    body: Array.from({ length: 100 }, (_, row) => [`row ${row}`]),
  };

  test("scrolls to its end and no farther, and says how much there is more", () => {
    expect(press(long).text).toContain("more");
    expect(press(long, "end").text).toContain("row 99");
    expect(press(long, "end", "down", "home").text).toContain("row 0");
    // What was pressed beyond the end need not be taken back.
    expect(press(long, "end", "down", "pagedown", "up").text).not.toContain("row 99");
  });

  test("is closed by Enter", () => {
    expect(press(long, "enter").closed).toBe(true);
  });
});

describe("the frame of a dialog", () => {
  test.each([
    [80, 24],
    [40, 10],
    [200, 60],
  ])("is straight, and within a screen of %d x %d", (columns, rows) => {
    const wide: Dialog<string> = {
      kind: "text",
      title: "中文 ".repeat(60),
      body: [["声音 ".repeat(100)], ["x".repeat(300)]],
    };
    for (const dialog of [question, choice, entry, wide]) {
      const lines = dialogLines(opened(dialog), { columns, rows }, ASCII);
      const widths = new Set(lines.map(lineCells));
      expect([...widths]).toHaveLength(1);
      expect([...widths][0]).toBeLessThanOrEqual(columns);
      expect(lines.length).toBeLessThanOrEqual(rows);
    }
  });

  test("can be mapped to another type of effect", () => {
    const counted = mapDialog(choice, (text) => text.length);
    expect(counted.kind === "choice" && counted.choose(0)).toBe("chose 0".length);
  });
});

test("an empty list says that it is empty, and not that nothing matches the filter", () => {
  const empty = { ...choice, items: [] };
  expect(press(empty).text).toContain("there is none");
  expect(press(empty, "x").text).toContain("nothing fits");
});

describe("a screen that is small", () => {
  const small = { columns: 40, rows: 10 };
  const long = "a text that is much longer than a line of it is. ".repeat(6);
  const linesOf = (dialog: Dialog<string>, scroll = 0) =>
    dialogLines({ ...opened(dialog), scroll }, small, ASCII).map(textOf);

  test("shows the answers to a question however long it and its command are, and all of both when scrolled", () => {
    const wide = { ...question, body: [[long]], command: `syrinx swap ${"slt ".repeat(40)}` };
    const lines = linesOf(wide);
    expect(lines.length).toBeLessThanOrEqual(small.rows - 2);
    expect(lines.at(-2)).toContain(">Cancel");
    const last = lastTop(opened(wide), small, ASCII);
    expect(linesOf(wide, last).join("")).toContain("slt slt");
  });

  test("shows the field of an entry however long the text above and below it is", () => {
    const wide = { ...entry, body: [[long]], check: () => long };
    let open = opened<string>(wide);
    open = answered(open, keyNamed("enter"), { size: small, glyphs: ASCII }).open ?? open;
    const lines = dialogLines(open, small, ASCII);
    expect(lines.length).toBeLessThanOrEqual(small.rows - 2);
    expect(lines.some((line) => line.some((part) => spanOf(part).tone === "selected"))).toBe(true);
    expect(lines.map(textOf).join("")).toContain("a text that is");
  });
});
