"""Lowers facts about jobs to workflows of nodes, independent of the target.

`lower` lowers one group of jobs. The way of a job:

    facts                its condition, box, action, status
    -> start_conditions  the full condition of its start, and of its end if it is a box
       settling          constants for atoms that no run can change
    -> failures          whether it fails or reports a status, and how it waits for others
       requirements      which jobs never run, and whose success others need
    -> calls             whether an entity can stand for it; if not, its own action runs
    -> schedules         the schedule that starts the workflow
    -> placement         its nodes, their workflow and their edges
    -> nodes, alerts     what each node does, takes and gives, and the alerts that it raises
    -> structure         the lowered form: `Lowered`, of `Workflow`s, of `Node`s
"""
