/** What a car is known by on a card. */
export type CardItem = { readonly plate: string } | { readonly ic: string };

/** One step of changing what stands on a card. */
export type CardEdit =
  | { readonly op: 'add' | 'remove'; readonly item: CardItem }
  | { readonly op: 'replace'; readonly old: CardItem; readonly item: CardItem };
