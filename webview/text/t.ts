export { setStrings, t } from "../../src/core/text/t.ts";
