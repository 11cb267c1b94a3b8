interface Press {
  readonly isComposing?: boolean;
  readonly keyCode?: number;
}

/**
 * A press that belongs to an input method, a Vietnamese one for example that is still making the syllable. Some send
 * the press that ends the composition only after its end; its code is 229 all the same.
 */
export const isComposing = ({ isComposing = false, keyCode }: Press): boolean =>
  isComposing || keyCode === 229;
