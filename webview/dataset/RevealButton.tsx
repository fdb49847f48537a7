import { IconButton } from "../app/IconButton.tsx";
import { useApplication } from "../state/context.ts";
import { t } from "../text/t.ts";

/** Shows where the file of an image lies. */
export function RevealButton({ name }: { readonly name: string }) {
  const application = useApplication();
  return (
    <IconButton
      icon="go-to-file"
      title={t("Reveal {0}", name)}
      onClick={() => {
        application.closeDialog();
        application.send({ type: "revealImage", name });
      }}
    />
  );
}
