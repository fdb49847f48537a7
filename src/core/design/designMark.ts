import type { Design } from "./design.ts";

/** The same text whatever the order of keys. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown): unknown => {
    if (inner instanceof Map) {
      return Object.fromEntries([...inner].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    }
    return typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner;
  });

/** 53 bits of a text (cyrb53 by bryc, public domain); not for secrets. */
function hash(text: string): string {
  let [high, low] = [0xde_ad_be_ef, 0x41_c6_ce_57];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2_654_435_761);
    low = Math.imul(low ^ unit, 1_597_334_677);
  }
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return (4_294_967_296 * (2_097_151 & low) + (high >>> 0)).toString(36);
}

/** By which a design is known again that trains as another: nodes, blocks and recipe count; its name, its budget and its places on the canvas do not. */
export const designMark = ({ nodes, blocks, training }: Design): string =>
  hash(canonical([nodes, blocks, training]));
