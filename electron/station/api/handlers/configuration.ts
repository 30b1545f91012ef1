import { createHash } from 'node:crypto';
import { ORPCError } from '@orpc/server';
import { actorOf, demandRole, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { confirmed } from './confirmed.ts';
import { recordExport } from './imports.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export function configurationHandlers(os: Guarded, deps: ApiDeps) {
  const { configuration: desk, accounts, store } = deps;
  return {
    get: os.configuration.get.handler(() => desk.view()),
    describe: os.configuration.describe.handler(() => deps.forms()),
    check: os.configuration.check.handler(({ input }) => desk.check(input.document, input.source)),
    apply: os.configuration.apply.handler(({ input, context }) =>
      desk.apply(input.document, input.expectedRevision, input.source, actorOf(context.user)),
    ),
    history: os.configuration.history.handler(() => desk.history()),
    restore: os.configuration.restore.handler(({ input, context }) =>
      desk.goBack(input.revision, input.expectedRevision, actorOf(context.user)),
    ),
    preview: os.configuration.preview.handler(({ input }) => desk.preview(input.revision)),
    export: os.configuration.export.handler(async ({ input, context }) => {
      if (input.secrets) {
        demandRole(context.user, 'admin', '含密钥的配置须由系统管理员导出');
        if (!(await confirmed(accounts, context.user, input.password ?? '')))
          throw new ORPCError('FORBIDDEN', { status: 403, message: '密码不正确' });
      }
      const text = desk.file(input.secrets);
      const { code } = desk.view().document.site;
      const what = input.secrets ? 'configuration-with-secrets' : 'configuration';
      recordExport(store, { what, format: 'json', filter: {}, rows: 1, sha256: digest(text) }, actorOf(context.user));
      return new File([text], `gatehouse-${code}${input.secrets ? '-secret' : ''}.json`, { type: 'application/json' });
    }),
  };
}

export function platformHandlers(os: Guarded, deps: ApiDeps) {
  return {
    test: os.platforms.test.handler(async ({ input: { platform, settings } }) => ({
      steps: [...(await deps.testPlatform(platform, deps.configuration.platformSettings(platform, settings)))],
    })),
  };
}
