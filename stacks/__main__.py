from edgeward_stacks.program import run

run()
