import { Command } from "commander";
import type { VoiceList } from "../../schemas/generated/api.ts";
import { listCommand } from "./list-command.ts";
import { printTable } from "./table.ts";

export function voicesCommand(): Command {
  const command = new Command("voices").description("list the voices that can be asked for");
  return listCommand<VoiceList>(command, {
    engine: "any",
    path: () => "/v1/audio/voices",
    print({ voices }) {
      const rows = voices.map(({ id, language, sample_rate, release, aliases, default: isDefault }) => [
        isDefault ? `${id} *` : id,
        language,
        sample_rate ? `${sample_rate} Hz` : "",
        release ?? "(not loaded)",
        aliases?.join(" ") ?? "",
      ]);
      printTable(["VOICE", "LANGUAGE", "RATE", "RELEASE", "ALIASES"], rows);
      console.log("* speaks when a request names no voice");
    },
  });
}
