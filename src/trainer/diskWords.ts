import { t } from "../core/text/t.ts";

/** Why the disk did not do what was asked, in words that stand behind a colon. */
export function diskWords(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return t("the disk is full");
    case "EACCES":
    case "EPERM":
      return t("there is no permission");
    case "EROFS":
      return t("the disk is read-only");
    case "ENOENT":
      return t("the folder is gone");
    case undefined:
      return message;
    default:
      return code;
  }
}

/** True where what was asked can be done as soon as a person has made room. */
export const isLackOfRoom = (error: unknown): boolean =>
  diskWords(error) === diskWords({ code: "ENOSPC" });
