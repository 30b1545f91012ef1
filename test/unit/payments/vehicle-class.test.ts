import { expect, it } from 'vitest';
import { Pricing } from '../../../electron/station/payments/pricing.ts';
import { toPlate } from '../../../shared/domain/plates.ts';
import { siteSchema } from '../../../shared/domain/site.ts';

const site = { code: '370200000001', name: '停车场', totalSpaces: 1, openSpaces: 1, defaultVehicleClass: 'medium' };
const pricing = new Pricing([], siteSchema.parse(site));

it.each([
  ['粤B1234学', 'yellow', 'small'],
  ['粤B1234学', 'unknown', 'small'],
  ['粤B12345', 'yellow', 'large'],
  ['粤B1234挂', 'yellow', 'large'],
  ['粤B12345D', 'yellow-green', 'large'],
  ['粤BD12345', 'yellow-green', 'large'],
  ['粤B12345', 'blue', 'small'],
  ['粤B12345D', 'blue', 'small'],
  ['粤BD12345', 'green', 'small'],
  ['粤B12345D', 'green', 'small'],
  ['粤B12345D', 'unknown', 'large'],
  ['粤B12345D', 'white', 'large'],
  ['粤BD12345', 'unknown', 'medium'],
  ['粤B12345', 'unknown', 'medium'],
  ['粤B12345', 'white', 'medium'],
  ['粤Z1234港', 'black', 'medium'],
] as const)('%s, %s: %s', (text, color, expected) => {
  expect(pricing.vehicleClassOf(toPlate(text, color))).toBe(expected);
});
