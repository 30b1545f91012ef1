import type { DeviceKind } from '../../shared/domain/site.ts';
import type { SeedBerth } from './registry/berths-seed.ts';

/** What stands in a list twice, e.g. `lanes[1].id: "in" stands twice`. */
export function twice(values: readonly string[], list: string, field: string): string[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index ? [`${list}[${index}].${field}: "${value}" stands twice`] : [],
  );
}

/** Berths of one document: each code and number once, in an area, heard of by devices of the right kinds. */
export function berthFaults(
  { berths, areas }: { readonly berths: readonly SeedBerth[]; readonly areas: readonly { readonly id: string }[] },
  kindOf: ReadonlyMap<string, DeviceKind>,
): string[] {
  const faults = berths.flatMap((berth, index) => {
    const path = `berths[${index}]`;
    const devices = (['sensor', 'camera'] as const).flatMap((field) => {
      const id = berth[field];
      const kind = id === undefined ? undefined : kindOf.get(id);
      if (id === undefined || kind === `berth-${field}`) return [];
      return [
        kind === undefined ? `${path}.${field}: no device "${id}"` : `${path}.${field}: device "${id}" is a ${kind}`,
      ];
    });
    return [
      ...(areas.some(({ id }) => id === berth.area) ? [] : [`${path}.area: no area "${berth.area}"`]),
      ...devices,
    ];
  });
  const codes = berths.map(({ code }) => code);
  // One that names no number gets one of its own.
  const numbers = berths.map(({ number }, index) => (number === undefined ? `of ${index}` : String(number)));
  return [...twice(codes, 'berths', 'code'), ...twice(numbers, 'berths', 'number'), ...faults];
}
