import type { GrantRequest } from "../../../schemas/generated/api.ts";
import type { ConfigControl } from "../../config/mod.ts";
import { grantedWith, permissionsToGrant } from "../../releases/mod.ts";
import type { Host } from "../../slots/mod.ts";
import type { Operation } from "../operation.ts";
import { CHANGED, CONFIRM, changed, DRY_RUN, IF_MATCH } from "./config-change.ts";

/** POST /control/plugins/:name/grant: a change of the config's overrides. */
export function grantRoutes(host: Host, control: ConfigControl): Operation[] {
  return [
    {
      method: "post",
      path: "/control/plugins/{name}/grant",
      tag: "control",
      scope: "admin",
      summary:
        "Grant a plugin the permissions that it requests, by an override of plugins.grants. Slots that failed without them are filled.",
      body: "syrinx:api#/$defs/GrantRequest",
      bodyOptional: true,
      query: [DRY_RUN, CONFIRM],
      headers: [IF_MATCH],
      responses: CHANGED,
      handle(context, body, caller) {
        const name = context.req.param("name") ?? "";
        const more = permissionsToGrant(host.catalog.plugins, host.grants, name, body as GrantRequest);
        const list = more.map(({ kind, allow }) => `${kind} ${allow}`).join(", ");
        return changed(control, context, caller, {
          // Computed when the change's turn comes: an earlier change may have granted more, and grants of a pinned
          // config end with the pin.
          next: control.changed(({ plugins }) => ({
            plugins: { grants: { [name]: grantedWith(plugins?.grants?.[name], more) } },
          })),
          cause: "patch",
          reason: `${name} is granted ${list}`,
        });
      },
    },
  ];
}
