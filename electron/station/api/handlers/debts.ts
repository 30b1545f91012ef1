import { plateText } from '../../registry/common.ts';
import { NotFoundError } from '../../runtime/errors.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { platePart, toPage } from '../paging.ts';
import { agreementView, debtView, instants, maybeInstant } from '../registry-views.ts';
import { chargedView, ordered } from './payments.ts';

/** 欠费 and 签约. */

export function debtHandlers(os: Guarded, { clock, reader, registry, payments, lookUp }: ApiDeps) {
  const { debts } = registry;
  const { arrears } = payments;
  return {
    list: os.debts.list.handler(async ({ input, signal }) => {
      const found = await reader.registry(
        'debts',
        { plate: platePart(input.plate), state: input.state, ...toPage(input) },
        signal,
      );
      return { items: found.items.map(debtView), total: found.total, page: input.page, pageSize: input.pageSize };
    }),
    add: os.debts.add.handler(({ input, context }) =>
      debtView(debts.put({ ...input, since: maybeInstant(input.since) }, undefined, actorOf(context.user))),
    ),
    cancel: os.debts.cancel.handler(({ input, context }) =>
      debtView(debts.cancel(input.id, input.reason, actorOf(context.user))),
    ),
    pay: os.debts.pay.handler(({ input, context }) => {
      const { id, method, receivedFen, change } = input;
      const { debt, changeOrderNo, ...paid } = arrears.pay(id, { method, receivedFen, change }, actorOf(context.user));
      return { ...paid, debt: debtView(debt), changeOrder: ordered({ payments }, changeOrderNo) };
    }),
    charge: os.debts.charge.handler(async ({ input, context }) => {
      const { id, ...what } = input;
      return chargedView(await arrears.charge(id, what, actorOf(context.user)), clock.now());
    }),
    lookUp: os.debts.lookUp.handler(({ input }) => lookUp(plateText(input.plate))),
  };
}

export function agreementHandlers(os: Guarded, { reader, registry }: ApiDeps) {
  const { agreements } = registry;
  return {
    list: os.agreements.list.handler(async ({ input, signal }) => {
      const found = await reader.registry('agreements', { plate: platePart(input.plate), ...toPage(input) }, signal);
      return { items: found.items.map(agreementView), total: found.total, page: input.page, pageSize: input.pageSize };
    }),
    put: os.agreements.put.handler(({ input, context }) =>
      agreementView(agreements.put({ ...input, ...instants(input) }, actorOf(context.user))),
    ),
    remove: os.agreements.remove.handler(({ input, context }) => {
      if (!agreements.remove({ id: input.id }, actorOf(context.user), input.reason))
        throw new NotFoundError('没有这个签约');
      return {};
    }),
  };
}
