import { Command } from "commander";
import type { VoiceList } from "../../schemas/generated/api.ts";
import { printTable } from "./table.ts";
import { type EngineChoice, engineOptions, withEngine } from "./with-engine.ts";

export function voicesCommand(): Command {
  const command = new Command("voices")
    .description("list the voices that can be asked for")
    .option("--json", "print JSON");
  return engineOptions(command).action((flags: EngineChoice & { json?: boolean }) =>
    withEngine(flags, async (client) => {
      const list = await client.get<VoiceList>("/v1/audio/voices");
      if (flags.json) return console.log(JSON.stringify(list, null, 2));
      const rows = list.voices.map(({ id, language, sample_rate, release, aliases, default: isDefault }) => [
        isDefault ? `${id} *` : id,
        language,
        sample_rate ? `${sample_rate} Hz` : "",
        release ?? "(not loaded)",
        aliases?.join(" ") ?? "",
      ]);
      printTable(["VOICE", "LANGUAGE", "RATE", "RELEASE", "ALIASES"], rows);
      console.log("* speaks when a request names no voice");
    }),
  );
}
