// The order of a list that a query asks for: `order=path`, `ordering=-modified`.

/** An order: a field, and whether the largest comes first. */
export interface ListOrder<Field extends string> {
  field: Field;
  descending: boolean;
}

/**
 * The order in a query; undefined where it names none of the fields, which DANDI ignores too. Of several the
 * first counts. DANDI says `order` for versions and assets and `ordering` for Dandisets; here both are read.
 */
export function requestedOrder<Field extends string>(
  query: { get(name: string): string | null },
  fields: readonly Field[],
): ListOrder<Field> | undefined {
  const [said = ''] = (query.get('order') ?? query.get('ordering') ?? '').split(',');
  const descending = said.startsWith('-');
  const name = said.slice(descending ? 1 : 0);
  const field = fields.find((one) => one === name);
  return field === undefined ? undefined : { field, descending };
}

/** The items in an order by one value of each; equal ones stay as they are. */
export function inListOrder<Item>(
  items: readonly Item[],
  descending: boolean,
  valueOf: (item: Item) => string | number,
): Item[] {
  const direction = descending ? -1 : 1;
  return items
    .map((item) => ({ item, value: valueOf(item) }))
    .sort((a, b) => (a.value < b.value ? -direction : a.value > b.value ? direction : 0))
    .map(({ item }) => item);
}
