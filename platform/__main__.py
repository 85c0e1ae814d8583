from edgeward_stacks.platform import run

run()
