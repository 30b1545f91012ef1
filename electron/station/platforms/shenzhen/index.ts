import type { PlatformDefinition } from '../platform.ts';
import { shenzhenSettingsSchema } from './config.ts';
import { testShenzhen } from './connection-test.ts';
import { allMessages } from './messages.ts';
import { ShenzhenPlatform } from './shenzhen-platform.ts';

/** 深圳 DB4403 路内信息联网: signed forms over HTTP up, frames over TCP down; berths at the kerb, and car parks behind barriers. */
export const shenzhen: PlatformDefinition<typeof shenzhenSettingsSchema> = {
  id: 'shenzhen',
  title: '深圳 路内信息联网',
  settings: shenzhenSettingsSchema,
  messages: allMessages,
  create: (settings, deps) => new ShenzhenPlatform(settings, deps),
  test: testShenzhen,
};
