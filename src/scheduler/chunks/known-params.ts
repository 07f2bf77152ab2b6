import { frozen } from '../../domain/decision/context-maker.js';

/** Instances that are remembered: about 150 bytes each. */
const MOST_INSTANCES = 200_000;
/** Different params that are remembered: a few kilobytes each. */
const MOST_PARAMS = 2_000;

/** Params by whom and of which version: what has a version never changes. */
export interface ParamsKey {
  readonly id: string;
  readonly params_version: number;
}

/**
 * Remembers the params of instances from run to run, so that only those that changed are read again: as text, from
 * every instance in every run, they would be most of what a chunk reads. Params that many instances share are one
 * object, which nobody can change. When there is no more room everything is forgotten, and read again.
 */
export class KnownParams {
  private readonly instances = new Map<string, { readonly version: number; readonly params: unknown }>();
  private readonly byText = new Map<string, unknown>();

  /** @returns undefined when they must be read. */
  get({ id, params_version: version }: ParamsKey): unknown {
    const known = this.instances.get(id);
    return known?.version === version ? known.params : undefined;
  }

  /**
   * Takes what was read.
   * @param text as JSON. @returns the params.
   */
  add({ id, params_version: version }: ParamsKey, text: string): unknown {
    if (this.instances.size >= MOST_INSTANCES || this.byText.size >= MOST_PARAMS) {
      this.instances.clear();
      this.byText.clear();
    }
    let params = this.byText.get(text);
    if (params === undefined) this.byText.set(text, (params = frozen(JSON.parse(text))));
    this.instances.set(id, { version, params });
    return params;
  }
}
