"""`python -m launcher run` and `python -m launcher manage COMMAND …`."""

import sys

from launcher.administration import administer
from launcher.processes import Interrupted, LaunchError
from launcher.system import run


def main(arguments: list[str]) -> int:
    """The exit code: 0 when all went well and for a wanted stop, 1 for a refusal in words."""
    try:
        match arguments:
            case ["run"]:
                return run()
            case ["manage", *rest]:
                return administer(rest)
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    except Interrupted:
        return 130
    print("用法：./run 启动系统；./manage COMMAND … 执行管理命令", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
