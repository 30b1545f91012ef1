import type { PlatformDefinition } from '../platform.ts';
import { CmbPlatform } from './cmb-platform.ts';
import { cmbSettingsSchema } from './config.ts';
import { testCmb } from './connection-test.ts';
import { gateFaults } from './gates.ts';
import { allMessages } from './messages.ts';

/** 招商银行开放平台接口说明书（停车）1.8.2: form POST with an MD5 sign, both ways. */
export const cmb: PlatformDefinition<typeof cmbSettingsSchema> = {
  id: 'cmb',
  title: '招商银行 停车',
  settings: cmbSettingsSchema,
  messages: allMessages,
  faults: gateFaults,
  create: (settings, deps) => new CmbPlatform(settings, deps),
  test: testCmb,
};
