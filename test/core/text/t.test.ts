import { afterEach, describe, expect, it } from "vitest";
import { setStrings, t } from "../../../src/core/text/t.ts";

afterEach(() => setStrings({}));

describe("t", () => {
  it("is the English text where no language is set", () => {
    expect(t("Set Groups to {0}", 4)).toBe("Set Groups to 4");
  });

  it("puts values where the language has them, once or more", () => {
    setStrings({ "{0} of {1}": "{1} 중 {0}, {1}" });
    expect(t("{0} of {1}", "c1", "blocks.mine")).toBe("blocks.mine 중 c1, blocks.mine");
  });

  it("is English where the language lacks the text", () => {
    setStrings({ Other: "다른" });
    expect(t("Remove {0}", "c1")).toBe("Remove c1");
  });

  it("takes values as they are, whatever they look like", () => {
    expect(t("{0} and {1}", "{1}", "$&")).toBe("{1} and $&");
  });

  it("leaves braces that are not places, and places without a value", () => {
    expect([t('add "nodes": {}'), t('{"k": {0}} {1}', 32)]).toEqual([
      'add "nodes": {}',
      '{"k": 32} {1}',
    ]);
  });
});
