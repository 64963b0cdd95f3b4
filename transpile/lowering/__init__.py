"""Facts about jobs to workflows of nodes, with every decision made and nothing of a target.

`lower` lowers one group of jobs. The way of a job:

    facts                its condition, box, action, status
    -> start_conditions  the full condition of its start, and of its end if it is a box
       settling          constants for what no run can change
    -> failures          whom it waits for and how, what it looks at, whether it reports a status
       requirements      which jobs never run, and which must succeed for others to run
    -> calls             whether an entity can stand for it; if not, its own action is lowered
    -> schedules         whether its schedule is the one that starts the workflow
    -> placement         its nodes: in which workflow, behind which other ones
    -> nodes, told       what each node does and hands over, and who hears of its end
    -> structure         the lowered form: `Lowered`, of `Workflow`s, of `Node`s
"""
