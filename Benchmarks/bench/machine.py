"""Where and with what the figures were measured."""
import datetime
import os
import platform
import subprocess


def said(*command):
    """The first line that a command prints, or an empty text if there is no such command."""
    try:
        result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    except FileNotFoundError:
        return ""
    return (result.stdout.strip() or result.stderr.strip()).split("\n")[0]


def cpu():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            fields = [line.split(":", 1) for line in file if ":" in line]
    except FileNotFoundError:
        return said("sysctl", "-n", "machdep.cpu.brand_string")
    named = {key.strip(): value.strip() for key, value in reversed(fields)}
    return named.get("model name", platform.machine())


def cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def load():
    """Processes that run or wait to run, over the last minute: others make every figure worse, PyTorch's above all."""
    return round(os.getloadavg()[0], 2)


def peer(python):
    """The versions of PyTorch's side, and the vector extensions that it uses."""
    program = "import torch; print(torch.__version__, torch.backends.cpu.get_cpu_capability())"
    version, _, capability = said(python, "-c", program).partition(" ")
    return {"torch": version, "capability": capability, "python": said(python, "--version").removeprefix("Python ")}


def about(seqtool, python, arguments):
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "command": "make bench" + (f" BENCH_FLAGS='{' '.join(arguments)}'" if arguments else ""),
        "cpu": cpu(), "cores": cores(), "load": load(), "system": f"{platform.system()} {platform.machine()}",
        "seqtool": said(seqtool, "--version"), "commit": said("git", "rev-parse", "--short", "HEAD"),
        "swift": said("swift", "--version"),
        **({"peer": peer(python)} if python else {}),
    }
