/** A process that opens a project, makes it if need be, and prints its identity. Arguments: folder, migrations folder. */
import { openProject } from '../../db/open.ts';
import { projectInfo } from '../../db/project-info.ts';

const [folder, migrationsFolder] = process.argv.slice(2) as [string, string];
const project = openProject(folder, { create: true, migrationsFolder });
process.stdout.write(projectInfo(project, '').id);
project.close();
