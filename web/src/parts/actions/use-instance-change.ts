import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answered, api, ifMatch, type Schemas } from '../../api/client.js';

type Instance = Schemas['InstanceView'];
export type InstanceChange = Schemas['UpdateInstanceBody'];

/** Refetches everything about an instance. */
export function useReadAgain(id: string): () => Promise<unknown> {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['strategies'] }),
      client.invalidateQueries({ queryKey: ['strategy', id] }),
      client.invalidateQueries({ queryKey: ['params-history', id] }),
      client.invalidateQueries({ queryKey: ['trades', id] }),
      client.invalidateQueries({ queryKey: ['ledger', id] }),
      client.invalidateQueries({ queryKey: ['exits', id] }),
      client.invalidateQueries({ queryKey: ['performance', id] }),
    ]);
}

/** Changes an instance with If-Match of the shown version: a concurrent change causes a 412 and is not overwritten. */
export function useInstanceChange({ id, version }: Pick<Instance, 'id' | 'version'>) {
  const readAgain = useReadAgain(id);
  return useMutation({
    mutationFn: ({ body, from = version }: { readonly body: InstanceChange; readonly from?: number }) =>
      answered(api.PATCH('/api/v1/strategies/{id}', { params: { path: { id }, header: ifMatch(from) }, body })),
    onSettled: readAgain,
  });
}
