/** GET /api/claims: the papers and their claims as data (ClaimList), less the functions that test them. */
import { Hono } from 'hono';
import { claimDocument } from '../claims/claim.ts';
import { claims } from '../claims/index.ts';
import { papers } from '../claims/papers.ts';
import type { ClaimList } from './contract.ts';

export const claimRoutes = () =>
  new Hono().get('/claims', (c) => c.json<ClaimList>({ papers, claims: claims.map(claimDocument) }));
