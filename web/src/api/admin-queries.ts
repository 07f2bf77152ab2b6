import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answered, api } from './client.js';

const ALL = { params: { query: { limit: 200 } } } as const;

export function useAgents() {
  return useQuery({ queryKey: ['agents'], queryFn: () => answered(api.GET('/api/v1/admin/agents', ALL)) });
}

export function useTools() {
  return useQuery({ queryKey: ['tools'], queryFn: () => answered(api.GET('/api/v1/admin/tools', ALL)) });
}

export function useApis() {
  return useQuery({ queryKey: ['apis'], queryFn: () => answered(api.GET('/api/v1/admin/apis', ALL)) });
}

export function useSystem() {
  return useQuery({
    queryKey: ['system'],
    queryFn: () => answered(api.GET('/api/v1/admin/system')),
    placeholderData: keepPreviousData,
  });
}

/** One LLM call; an answered call never changes. */
export function useLlmCall(id: string) {
  return useQuery({
    queryKey: ['llm-call', id],
    queryFn: () => answered(api.GET('/api/v1/admin/llm-calls/{id}', { params: { path: { id } } })),
  });
}
