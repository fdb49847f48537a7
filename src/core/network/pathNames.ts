/** Names are forgotten when there are more than this; about 20 MB. */
const MOST_NAMES = 200_000;

/**
 * `prefix/name`, joined once for each pair: every edit makes the same thousands of names again, and a string that is
 * known already is found in maps by its identity, without being hashed and compared anew.
 */
export class PathNames {
  readonly #byPrefix = new Map<string, Map<string, string>>();
  #count = 0;

  /** Gives a function that puts the prefix before a name. */
  under(prefix: string): (name: string) => string {
    const names = this.#byPrefix.get(prefix) ?? new Map<string, string>();
    this.#byPrefix.set(prefix, names);
    return (name) => names.get(name) ?? this.#add(names, prefix, name);
  }

  #add(names: Map<string, string>, prefix: string, name: string): string {
    const path = `${prefix}/${name}`;
    names.set(name, path);
    this.#count++;
    if (this.#count > MOST_NAMES) {
      this.#byPrefix.clear();
      this.#count = 0;
    }
    return path;
  }
}
