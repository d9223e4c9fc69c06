"""``python -m cop_roadmap``."""

from cop_roadmap.cli import main

if __name__ == "__main__":
    main()
