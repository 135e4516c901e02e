/** GET /api/doctor: what this machine has (DoctorCheck[]). */
import { Hono } from 'hono';
import { examine } from '../doctor/doctor.ts';
import type { ApiContext } from './context.ts';

export const doctorRoutes = ({ doctor }: ApiContext) =>
  new Hono().get('/doctor', async (c) => c.json(await examine(doctor)));
