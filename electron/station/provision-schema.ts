import { z } from 'zod';
import { deviceSchema } from '../../shared/domain/site.ts';
import { drivers } from './devices/registry.ts';
import { platformDefinitions } from './platforms/registry.ts';
import { provisionSchema } from './provision.ts';

/**
 * The provision file as JSON Schema, for editors and installers: made from the very schemas that read it, with the settings of
 * every driver and platform in their places.
 */
export function provisionJsonSchema(): object {
  const devices = drivers.map((driver) =>
    deviceSchema.extend({ kind: z.literal(driver.kind), driver: z.literal(driver.driver), settings: driver.settings }),
  );
  const [first, ...rest] = devices;
  if (!first) throw new Error('there are no drivers');
  const platforms = Object.fromEntries(platformDefinitions.map(({ id, settings }) => [id, settings.optional()]));
  const whole = provisionSchema.extend({
    devices: z.array(z.union([first, ...rest])).default([]),
    platforms: provisionSchema.shape.platforms.unwrap().extend(platforms).default({}),
  });
  return z.toJSONSchema(whole, { io: 'input', unrepresentable: 'any' });
}
