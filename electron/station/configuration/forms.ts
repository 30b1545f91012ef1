import { z } from 'zod';
import type { ChannelKind } from '../../../shared/domain/money-flow.ts';
import { passageRulesSchema } from '../../../shared/domain/passage-rules.ts';
import { areaSchema, type DeviceKind, laneSchema, type PlatformId, siteSchema } from '../../../shared/domain/site.ts';
import { drivers } from '../devices/registry.ts';
import { platformDefinitions } from '../platforms/registry.ts';

type JsonSchema = Record<string, unknown>;

/** As people fill it in: what has a default may be left out. */
const formOf = (schema: z.ZodType): JsonSchema => ({
  ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
});

export interface Forms {
  drivers: { kind: DeviceKind; driver: string; schema: JsonSchema }[];
  platforms: { id: PlatformId; title: string; testable: boolean; schema: JsonSchema }[];
  channels: { id: string; title: string; kind: ChannelKind }[];
  site: JsonSchema;
  area: JsonSchema;
  lane: JsonSchema;
  rules: JsonSchema;
}

/** Everything that can be set, with its words, for screens that make forms of it. */
export function allForms(channels: readonly Forms['channels'][number][] = []): Forms {
  return {
    drivers: drivers.map(({ kind, driver, settings }) => ({ kind, driver, schema: formOf(settings) })),
    platforms: platformDefinitions.map(({ id, title, settings, test }) => ({
      ...{ id, title, testable: test !== undefined },
      schema: formOf(settings),
    })),
    channels: channels.map(({ id, title, kind }) => ({ id, title, kind })),
    site: formOf(siteSchema),
    area: formOf(areaSchema),
    lane: formOf(laneSchema),
    rules: formOf(passageRulesSchema),
  };
}
